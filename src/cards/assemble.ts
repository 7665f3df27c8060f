/** From what a template says, variables filled in, to Card JSON 2.0: header, body with its parts, foot. */
import { z } from 'zod';
import type { CardElement, CardHeader, CardJson } from '../card-json/structure.ts';
import type { HeaderColor } from '../card-json/values.ts';
import { foot, parts } from './parts.ts';

/** What a template comes to. `is` decides the colour, `word` says the same to people. */
export const CardPlan = z.strictObject({
  /** The line in the chat list and on the lock screen: the essence, nothing private. */
  summary: z.string().min(1),
  title: z.string().min(1),
  /** Who issued it. */
  issuer: z.string().optional(),
  state: z.strictObject({ is: z.enum(['open', 'done', 'over', 'warning']), word: z.string().min(1) }),
  /** Parts, and components of Card JSON 2.0 where no part fits. */
  body: z.array(z.unknown()),
  /** Why the reader got this card. */
  why: z.string().min(1),
});
export type CardPlan = z.infer<typeof CardPlan>;

/** The colours that exist both for headers and for tags. */
export const FeatureColor = z.enum([
  'blue',
  'indigo',
  'orange',
  'carmine',
  'turquoise',
  'violet',
  'purple',
  'wathet',
  'yellow',
]);
export type FeatureColor = z.infer<typeof FeatureColor>;

/** The card. Throws when the plan or a part of it does not fit; whether Feishu would take it, `checkCard` tells. */
export function assembleCard(said: unknown, color: FeatureColor): CardJson {
  const plan = CardPlan.parse(said);
  return {
    schema: '2.0',
    config: { update_multi: true, enable_forward: false, summary: { content: plan.summary } },
    header: header(plan, color),
    body: {
      padding: '12px',
      vertical_spacing: '12px',
      elements: [...(placeParts(plan.body) as CardElement[]), ...foot(plan.why)],
    },
  };
}

function header({ title, issuer, state }: CardPlan, color: FeatureColor): CardHeader {
  const tone = { open: color, done: 'green', over: 'grey', warning: 'red' } as const satisfies Record<
    CardPlan['state']['is'],
    z.infer<typeof HeaderColor>
  >;
  const template = tone[state.is];
  const tag = { tag: 'plain_text' as const, content: state.word };
  return {
    title: { tag: 'plain_text', content: title },
    ...(issuer && { subtitle: { tag: 'plain_text', content: issuer } }),
    template,
    text_tag_list: [{ tag: 'text_tag', text: tag, color: template === 'grey' ? 'neutral' : template }],
  };
}

/** Puts components in the place of parts, also inside forms, columns and panels. */
function placeParts(elements: unknown[]): unknown[] {
  return elements.flat().flatMap((element) => {
    if (typeof element !== 'object' || element === null) return [element];
    if ('part' in element) {
      const build = Object.hasOwn(parts, String(element.part)) ? parts[String(element.part)] : undefined;
      if (!build) throw new Error(`there is no part ${JSON.stringify(element.part)}`);
      return build(element);
    }
    const inside = ['elements', 'columns'].filter((key) => Array.isArray((element as Record<string, unknown>)[key]));
    const placed = inside.map((key) => [key, placeParts((element as Record<string, unknown[]>)[key] ?? [])]);
    return [{ ...element, ...Object.fromEntries(placed) }];
  });
}
