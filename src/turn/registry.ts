/** All features by what they answer to: words, buttons, jobs, cards. Built once at start; a clash of names stops the start. */
import type { CardForm } from '../cards/form.ts';
import type { Button, Card, Command, Feature, FileMaker, Job, Settings, TimetableEntry } from '../feature.ts';
import { enterActions, isDeclared, mayAnywhere } from '../people/permissions.ts';
import type { Person } from '../people/person.ts';

type Found<T> = { feature: Feature; found: T };

/** Where the inbox, the outbox and the schedule find what a feature declared. */
export type Registry = {
  features: Feature[];
  /** The command whose word a text begins with; `rest` is what follows the word. */
  command: (text: string) => { feature: Feature; command: Command; rest: string } | undefined;
  /** The commands that answer a wish, by the name of its intent: the first that a person may use is meant. */
  wish: (name: string) => { feature: Feature; command: Command }[];
  /** By `<feature>/<button>`. */
  button: (name: string) => Found<Button> | undefined;
  job: (feature: string, job: string) => Found<Job> | undefined;
  card: (feature: string, card: string) => Card | undefined;
  file: (feature: string, file: string) => FileMaker | undefined;
  /** The form of the card that shows a template of the feature. */
  form: (feature: string, template: string) => CardForm | undefined;
  /** Every entry, with its cron expression as the settings decide it. */
  timetable: (settings: Settings) => { feature: string; entry: TimetableEntry & { cron: string } }[];
};

/** The commands that answer wishes, by the name of the intent. */
export type Wishes = Map<string, { feature: Feature; command: Command }[]>;

/** Whether a template is one of the card's: its own, a further one that begins with its name, or one that it declares. */
export function isTemplateOf(name: string, { templates }: Pick<Card, 'templates'>, template: string): boolean {
  return template === name || template.startsWith(`${name}-`) || templates.includes(template);
}

/** What may stand between a command's word and its arguments. */
const BREAK = /^[\s，,。.：:；;！!？?、]/u;

/** Builds the registry. Throws when two commands share a word, two features a name or an action, or an action is declared by none. */
export function createRegistry(features: Feature[]): Registry {
  const byName = new Map<string, Feature>();
  const words: { word: string; feature: Feature; command: Command }[] = [];
  for (const feature of features) {
    if (byName.has(feature.name)) throw new Error(`two features are called ${feature.name}`);
    enterActions(feature.actions ?? {});
    byName.set(feature.name, feature);
    for (const command of Object.values(feature.commands ?? {})) {
      for (const word of command.words) {
        if (words.some((other) => other.word === word)) throw new Error(`two commands are called ${word}`);
        words.push({ word, feature, command });
      }
    }
  }
  for (const feature of features) refuseUndeclaredActions(feature);
  words.sort((a, b) => b.word.length - a.word.length);
  const wishes = collectWishes(features);

  return {
    features,
    command: (text) => {
      const named = words.find(
        ({ word }) => text.startsWith(word) && (text.length === word.length || BREAK.test(text.slice(word.length))),
      );
      return named && { ...named, rest: text.slice(named.word.length).replace(/^[\s，,：:]+/u, '') };
    },
    wish: (name) => wishes.get(name) ?? [],
    button: (name) => {
      const [featureName = '', buttonName = ''] = name.split('/');
      const feature = byName.get(featureName);
      const found = own(feature?.buttons, buttonName);
      return feature && found ? { feature, found } : undefined;
    },
    job: (featureName, jobName) => {
      const feature = byName.get(featureName);
      const found = own(feature?.jobs, jobName);
      return feature && found ? { feature, found } : undefined;
    },
    card: (feature, card) => own(byName.get(feature)?.cards, card),
    file: (feature, file) => own(byName.get(feature)?.files, file),
    form: (feature, template) => {
      const cards = byName.get(feature)?.cards ?? {};
      const shows = Object.entries(cards).find(([name, card]) => isTemplateOf(name, card, template));
      return (own(cards, template) ?? shows?.[1])?.form;
    },
    timetable: (settings) =>
      features.flatMap(({ name, timetable = [] }) =>
        timetable.map((entry) => {
          const cron = typeof entry.cron === 'string' ? entry.cron : entry.cron(settings);
          return { feature: name, entry: { ...entry, cron } };
        }),
      ),
  };
}

/** Of the commands that answer a wish the first that a person may use; else the first, which is then refused in words. */
export function pickPermitted<T extends { command: Command }>(answers: T[], who: Person): T | undefined {
  return answers.find(({ command }) => mayAnywhere(who, command.action)) ?? answers[0];
}

/** Throws when two features hear a wish, or a command listens for what no feature hears. */
export function collectWishes(features: Feature[]): Wishes {
  const heard = features.flatMap(({ hears = [] }) => hears.map(({ name }) => name));
  const twice = heard.find((name, at) => heard.indexOf(name) !== at);
  if (twice) throw new Error(`two features hear ${twice}`);
  const wishes: Wishes = new Map();
  for (const feature of features) {
    for (const command of Object.values(feature.commands ?? {})) {
      for (const wish of command.listens ?? []) {
        if (!heard.includes(wish)) throw new Error(`${feature.name} listens for ${wish}, which no feature hears`);
        wishes.set(wish, [...(wishes.get(wish) ?? []), { feature, command }]);
      }
    }
  }
  return wishes;
}

/** Throws where something asks for an action that does not stand in the permission table. */
function refuseUndeclaredActions({ name, commands, buttons, uploads, cards, files, lists }: Feature): void {
  const ways = Object.entries(lists ?? {}).flatMap(([list, { in: taken, out }]) => [
    ...(taken ? [[list, taken] as const] : []),
    ...(out ? [[list, out] as const] : []),
  ]);
  const asking = [commands, buttons, uploads, cards, files].flatMap((entries) => Object.entries(entries ?? {}));
  for (const [what, { action }] of [...asking, ...ways]) {
    if (!isDeclared(action)) throw new Error(`${name}/${what} asks for ${action}, an action that no feature declares`);
  }
}

/** A declared entry, never something inherited such as `constructor`: the name comes from outside. */
function own<T>(record: Record<string, T> | undefined, key: string): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}
