/** Hands a JSON document to the browser as a file. */
export const saveJson = (name: string, value: unknown) => saveText(name, JSON.stringify(value, null, 2));

export function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').toLowerCase() || 'workflow'}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
