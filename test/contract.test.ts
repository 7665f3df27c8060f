/** What every feature must have declared so that nothing is seen or done by accident: read off the contract, never listed by hand. */
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { renderTemplate } from '../src/cards/render.ts';
import { loadTemplates, readSamples } from '../src/cards/templates.ts';
import { declared as all } from '../src/declared.ts';
import type { Button } from '../src/feature.ts';
import { createRegistry, isTemplateOf } from '../src/turn/registry.ts';
import { pressesOn } from './support/presses-on.ts';

const cards = fileURLToPath(new URL('../cards', import.meta.url));
const templates = [...loadTemplates(cards, createRegistry(all).form).values()];
const buttons = new Map<string, Button & { feature: string }>(
  all.flatMap(({ name, buttons = {} }) =>
    Object.entries(buttons).map(([button, declared]) => [`${name}/${button}`, { feature: name, ...declared }]),
  ),
);

/**
 * The cards `<feature>/<card>` that show a template: a card's own template is another card's only where that card says so, and a
 * room's template the card's of every feature that says so.
 */
function cardsOf({ feature, card: template }: (typeof templates)[number]): string[] {
  if (!all.some(({ name }) => name === feature))
    return all.flatMap(({ name, cards = {} }) =>
      Object.entries(cards).flatMap(([card, { templates: shown }]) =>
        shown.includes(`${feature}/${template}`) ? [`${name}/${card}`] : [],
      ),
    );
  const cards = Object.entries(all.find(({ name }) => name === feature)?.cards ?? {});
  const isOwn = cards.some(([name]) => name === template);
  return cards.flatMap(([name, card]) => {
    const shows = isOwn ? name === template || card.templates.includes(template) : isTemplateOf(name, card, template);
    return shows ? [`${feature}/${name}`] : [];
  });
}

const homesOf = (feature: string, on: readonly string[]) =>
  on.map((card) => (card.includes('/') ? card : `${feature}/${card}`));

it('has a card behind every template, but for those that stand in the place of any other', () => {
  const orphans = templates.filter((one) => cardsOf(one).length === 0).map(({ feature, card }) => `${feature}/${card}`);
  expect(orphans).toEqual(['house/closed', 'outbox/notice']);
});

it('shows on no card a button that does not live there', () => {
  const strays = templates.flatMap((template) =>
    readSamples(template).flatMap((sample) =>
      pressesOn(renderTemplate(template, sample)).flatMap((press) => {
        const button = buttons.get(press);
        if (button?.on === 'every card') return [];
        const homes = button ? homesOf(button.feature, button.on) : [];
        const isRooms = !all.some(({ name }) => name === template.feature);
        return cardsOf(template)
          .filter((card) => !isRooms || card.startsWith(`${button?.feature}/`))
          .filter((card) => !homes.includes(card))
          .map((card) => `${press} on ${card} (${template.card})`);
      }),
    ),
  );
  expect([...new Set(strays)]).toEqual([]);
});

it('lets buttons live only on cards that there are', () => {
  const known = new Set(all.flatMap(({ name, cards = {} }) => Object.keys(cards).map((card) => `${name}/${card}`)));
  const homeless = [...buttons].flatMap(([name, { feature, on }]) =>
    on === 'every card' ? [] : homesOf(feature, on).flatMap((card) => (known.has(card) ? [] : [`${name} on ${card}`])),
  );
  expect(homeless).toEqual([]);
  expect(buttons.size).toBeGreaterThan(100);
});

it('says for every card and file which refs are its own: none takes what breaks a statement', () => {
  const loose = all.flatMap(({ name, cards = {}, files = {} }) =>
    Object.entries({ ...cards, ...files }).flatMap(([card, guarded]) =>
      guarded.reads('') || guarded.reads('\u0000') ? [`${name}/${card}`] : [],
    ),
  );
  expect(loose).toEqual([]);
});
