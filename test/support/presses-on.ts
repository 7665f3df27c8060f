/** The buttons on a card, by their address `<feature>/<button>`. */
export function pressesOn(card: unknown): string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const child of node) visit(child);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
    const part = node as Record<string, unknown>;
    const value = part.type === 'callback' ? (part.value as { press?: unknown } | undefined) : undefined;
    if (typeof value?.press === 'string') found.push(value.press);
    if (part.form_action_type === 'submit') found.push(String(part.name).split('?')[0] ?? '');
    for (const child of Object.values(part)) visit(child);
  };
  visit(card);
  return found;
}
