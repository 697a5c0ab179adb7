/** A random key for one intended action. `randomUUID` exists only on secure origins, and a studio on a home network has none. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
