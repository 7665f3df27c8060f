/** The wishes of all features, and the words they lend. None of the examples is a sentence of `sentences.jsonl`, which judges them. */
import { declared } from '../../src/declared.ts';

export const INTENTS = declared.flatMap(({ hears = [] }) => hears);
export const TERMS = declared.flatMap(({ lends = [] }) => lends);
