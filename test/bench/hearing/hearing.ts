/**
 * How well people are heard: says each sentence of a file to the whole product as the person would, and judges the cards that come
 * back. `npm run bench -- hearing [file] [--command-word]`: with the option each sentence stands behind the word of the command it
 * means. A file holds one sentence a line, as `sentences.jsonl` beside this, or `strangers.jsonl`, which was written by people who had not
 * seen the reader.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { declared } from '../../../src/declared.ts';
import { type Judged, judge, type Sentence, type Verdict } from './judge.ts';
import { openStage, type Stage } from './stage.ts';

const OWN_SENTENCES = fileURLToPath(new URL('sentences.jsonl', import.meta.url));
const VERDICTS: Verdict[] = ['right', 'asked', 'missed', 'WRONG'];

type Heard = Judged & { sentence: Sentence };

/** Prints a line for each sentence that was not heard right, and the numbers of each group. */
export async function measureHearing({ file = OWN_SENTENCES, behindCommand = false }): Promise<void> {
  const sentences = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line): Sentence => JSON.parse(line));
  const stage = await openStage();
  try {
    report(await hearAll(stage, behindCommand ? sentences.map(putBehindCommand) : sentences));
  } finally {
    await stage.stop();
  }
}

/** What opens a round of 每月一星 comes before the round in which the others are said. */
async function hearAll(stage: Stage, sentences: Sentence[]): Promise<Heard[]> {
  const opensRound = ({ expect }: Sentence) => expect.intent === 'star.open';
  const first = await hearEach(stage, sentences.filter(opensRound));
  await stage.say('secretary', '发起每月一星');
  await stage.press('secretary', '确认发起');
  return [
    ...first,
    ...(await hearEach(
      stage,
      sentences.filter((one) => !opensRound(one)),
    )),
  ];
}

async function hearEach(stage: Stage, sentences: Sentence[]): Promise<Heard[]> {
  const heard: Heard[] = [];
  for (const sentence of sentences) {
    for (const step of sentence.prior ?? []) {
      const by = step.by ?? sentence.by;
      await ('say' in step ? stage.say(by, step.say) : stage.press(by, step.press));
    }
    heard.push({ sentence, ...judge(sentence, await stage.say(sentence.by, sentence.text)) });
  }
  return heard;
}

function putBehindCommand(sentence: Sentence): Sentence {
  const wishes = sentence.expect.intent.replace('refuse:', '').split('|');
  const commands = declared.flatMap(({ commands = {} }) => Object.values(commands));
  const [word] = commands.find(({ listens = [] }) => listens.some((wish) => wishes.includes(wish)))?.words ?? [];
  return word && !sentence.text.startsWith(word) ? { ...sentence, text: `${word} ${sentence.text}` } : sentence;
}

function report(heard: Heard[]): void {
  for (const { sentence, verdict, why } of heard)
    if (verdict !== 'right')
      console.log(`${verdict}  ${sentence.id}  ${sentence.text.replaceAll('\n', ' ').slice(0, 60)}  ${why}`);
  console.log(['group'.padEnd(11), ...VERDICTS.map((verdict) => verdict.padEnd(7)), 'all'].join(''));
  const print = (name: string, part: Heard[]) => {
    const counts = VERDICTS.map((is) => part.filter(({ verdict }) => verdict === is).length);
    const share = Math.round((100 * (counts[0] ?? 0)) / part.length);
    console.log(
      `${name.padEnd(11)}${counts.map((count) => String(count).padEnd(7)).join('')}${part.length}  ${share} % right`,
    );
  };
  for (const group of new Set(heard.map(({ sentence }) => sentence.group)))
    print(
      group,
      heard.filter(({ sentence }) => sentence.group === group),
    );
  print('all', heard);
}
