/** What deliveries are called, for whoever asks: by their matter where they may see it now, else by their feature alone. */
import type { Feature, Viewer } from '../../feature.ts';
import { Id, look } from '../../sight.ts';
import type { Reader } from '../../storage/database.ts';
import type { Traced } from '../../trace.ts';

type Sent = Pick<Traced, 'feature' | 'card' | 'ref' | 'recipient'>;

/** A title for each of them, in their order. */
export async function nameDeliveries(others: Feature[], db: Reader, sent: Sent[], viewer: Viewer): Promise<string[]> {
  const names: string[] = [];
  for (const one of sent) {
    const feature = others.find(({ name }) => name === one.feature);
    names.push((await findTitle(db, feature, one, viewer)) ?? `${feature?.called ?? '警心助手'}（一条通知）`);
  }
  return names;
}

/** For whoever may see the whole matter, and of one's own for whoever has a part in it. No card is loaded: it may be the one at fault. */
async function findTitle(
  db: Reader,
  feature: Feature | undefined,
  sent: Sent,
  viewer: Viewer,
): Promise<string | undefined> {
  if (!feature?.titles || !Id.safeParse(sent.ref).success) return undefined;
  const isOwn = viewer.person === sent.recipient;
  if (await maySeeWhole(db, feature, sent, viewer)) return (await feature.titles(db, [sent.ref])).get(sent.ref);
  return isOwn ? (await feature.titles(db, [sent.ref], viewer.person)).get(sent.ref) : undefined;
}

/** A card that is only the recipient's part says nothing of who may; then that is asked which counts whom it has reached. */
async function maySeeWhole(
  db: Reader,
  { cards = {} }: Feature,
  { card, ref }: Sent,
  { who }: Viewer,
): Promise<boolean> {
  const own = cards[card];
  const whole = own?.reaching ? cards[own.reaching[0]] : own;
  const isPlaced = whole !== undefined && (whole.action !== 'self' || whole.findMatter !== undefined);
  return isPlaced && (await look(db, whole, ref, who)).is === 'open';
}
