/** All features by what they answer to: words, buttons, jobs, cards. Built once at start; a clash of names stops the start. */
import type { Button, Card, Command, Feature, FileMaker, Job, Settings, TimetableEntry } from '../feature.ts';

type Found<T> = { feature: Feature; found: T };

/** Where the inbox, the outbox and the schedule find what a feature declared. */
export type Registry = {
  features: Feature[];
  /** The command a text begins with, or that recognises it as a sentence; `rest` is what follows the word. */
  command: (text: string) => { feature: Feature; command: Command; rest: string } | undefined;
  /** By `<feature>/<button>`. */
  button: (name: string) => Found<Button> | undefined;
  job: (feature: string, job: string) => Found<Job> | undefined;
  card: (feature: string, card: string) => Card | undefined;
  file: (feature: string, file: string) => FileMaker | undefined;
  /** Every entry, with its cron expression as the settings decide it. */
  timetable: (settings: Settings) => { feature: string; entry: TimetableEntry & { cron: string } }[];
};

/** What may stand between a command's word and its arguments. */
const BREAK = /^[\s，,。.：:；;！!？?、]/u;

/** Builds the registry. Throws when two commands share a word or two features a name. */
export function createRegistry(features: Feature[]): Registry {
  const byName = new Map<string, Feature>();
  const words: { word: string; feature: Feature; command: Command }[] = [];
  for (const feature of features) {
    if (byName.has(feature.name)) throw new Error(`two features are called ${feature.name}`);
    byName.set(feature.name, feature);
    for (const command of Object.values(feature.commands ?? {})) {
      for (const word of command.words) {
        if (words.some((other) => other.word === word)) throw new Error(`two commands are called ${word}`);
        words.push({ word, feature, command });
      }
    }
  }
  words.sort((a, b) => b.word.length - a.word.length);

  return {
    features,
    command: (text) => {
      const named = words.find(
        ({ word }) => text.startsWith(word) && (text.length === word.length || BREAK.test(text.slice(word.length))),
      );
      if (named) return { ...named, rest: text.slice(named.word.length).replace(/^[\s，,：:]+/u, '') };
      for (const feature of features) {
        const command = Object.values(feature.commands ?? {}).find((one) => one.recognises?.(text));
        if (command) return { feature, command, rest: text };
      }
      return undefined;
    },
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
    timetable: (settings) =>
      features.flatMap(({ name, timetable = [] }) =>
        timetable.map((entry) => {
          const cron = typeof entry.cron === 'string' ? entry.cron : entry.cron(settings);
          return { feature: name, entry: { ...entry, cron } };
        }),
      ),
  };
}

/** A declared entry, never something inherited such as `constructor`: the name comes from outside. */
function own<T>(record: Record<string, T> | undefined, key: string): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}
