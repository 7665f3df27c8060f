/** What the benchmark says at its end: rates, ratios, and what is aimed at. */
import type { PressResult } from './press-load.ts';

/** What one round measured; cards and presses are rates per second. */
export type Round = {
  presses: PressResult;
  barePresses: PressResult;
  cards: number;
  /** A loop that sends one card after the other, and one that sends as many at a time as the bot does. */
  bareCardsInTurn: number;
  bareCardsAtOnce: number;
};

/** Prints the medians over all rounds. A ratio is taken within each round first: what disturbs the machine disturbs both sides. */
export function printReport(rounds: Round[]): void {
  const rate = (of: (round: Round) => number) => Math.round(median(rounds.map(of)));
  const ratio = (of: (round: Round) => number) => {
    const all = rounds.map(of);
    return `${median(all).toFixed(2)} (${Math.min(...all).toFixed(2)}–${Math.max(...all).toFixed(2)})`;
  };
  const latency = (of: (round: Round) => PressResult) =>
    `p50 ${rate((round) => of(round).p50)} ms, p99 ${rate((round) => of(round).p99)} ms`;
  console.log(`
Medians of ${rounds.length} rounds; in brackets the lowest and the highest ratio of a round.

Presses answered durably per second, 50 connections
  the bot                          ${rate((round) => round.presses.perSecond)}   ${latency((round) => round.presses)}
  express and SDK, doing nothing   ${rate((round) => round.barePresses.perSecond)}   ${latency((round) => round.barePresses)}
  ratio                            ${ratio(({ presses, barePresses }) => presses.perSecond / barePresses.perSecond)}, aim 0.25

Cards delivered per second, from the press on 确认发布 to the last card
  the bot                          ${rate((round) => round.cards)}
  a loop of SDK calls, in turn     ${rate((round) => round.bareCardsInTurn)}
  ratio                            ${ratio((round) => round.cards / round.bareCardsInTurn)}, aim 0.7
  a loop of SDK calls, 80 at once  ${rate((round) => round.bareCardsAtOnce)}
  ratio                            ${ratio((round) => round.cards / round.bareCardsAtOnce)}
`);
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = 0, high = low] = sorted.length % 2 === 1 ? [sorted[middle]] : sorted.slice(middle - 1, middle + 1);
  return (low + high) / 2;
}
