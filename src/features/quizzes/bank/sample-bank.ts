/** The sample bank: questions written for this program, each with its article, none yet compared with the official text. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Question } from './question.ts';
import { type BankProblem, readBankText } from './text.ts';

const BANK = fileURLToPath(new URL('./questions', import.meta.url));

/** All questions of `questions/*.txt`, and what could not be read of them. */
export function readSampleBank(): { questions: Question[]; problems: (BankProblem & { file: string })[] } {
  const files = readdirSync(BANK).filter((file) => file.endsWith('.txt'));
  const read = files.map((file) => ({ file, ...readBankText(readFileSync(`${BANK}/${file}`, 'utf8')) }));
  return {
    questions: read.flatMap(({ questions }) => questions),
    problems: read.flatMap(({ file, problems }) => problems.map((problem) => ({ file, ...problem }))),
  };
}
