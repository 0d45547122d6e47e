import { nowhere } from "#lib/http/not-allowed";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = nowhere();
