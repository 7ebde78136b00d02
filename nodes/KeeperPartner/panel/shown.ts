/** Where the fields of the node's one resource show. */
export const license = { resource: ['license'] };
