/** Under which n8n believes to be reached: services refuse to send webhooks to other hosts. */
export const PUBLIC_HOST = 'n8n.northfield.example';
