/** Text of a file in UTF-8, with or without the byte order mark that some editors put before it. Every text of a user is read by this. */
export const textOf = (bytes: ArrayBuffer | Uint8Array): string => new TextDecoder().decode(bytes)
