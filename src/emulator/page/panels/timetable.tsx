/** The bot's timetable: what runs next and what ran. The bot brings it: a list of `{ name, cron, nextRunAt, lastRunAt }` with ISO instants. */
import { useEffect, useState } from 'react';
import { ApiError, api, reasonOf } from '../api.ts';
import { formatMoment } from '../format-time.ts';

const READ_EVERY_MS = 3000;

type Line = { name: string; cron: string; next: string | undefined; last: string | undefined };

/** Read again while it is looked at, so that what became due is seen to run. */
export function Timetable() {
  const [lines, setLines] = useState<Line[]>();
  const [failure, setFailure] = useState('');
  useEffect(() => {
    const read = () =>
      api.timetable().then(
        (answer) => setLines(linesOf(answer)),
        (error: unknown) =>
          setFailure(error instanceof ApiError && error.status === 404 ? '机器人没有提供时间表。' : reasonOf(error)),
      );
    void read();
    const timer = setInterval(read, READ_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <section className="timetable">
      <h3 className="drawer-section">机器人的时间表</h3>
      {failure && <p className="note">{failure}</p>}
      {lines?.length === 0 && <p className="note">没有安排。</p>}
      <ul>
        {(lines ?? []).map((line, at) => (
          <li key={at} className="timetable-line">
            <div className="timetable-name">{line.name}</div>
            <div className="timetable-what">{line.cron || '一次'}</div>
            <div className="timetable-when">
              {line.next && <span>下次 {formatMoment(new Date(line.next))}</span>}
              {line.last && <span>上次 {formatMoment(new Date(line.last))}</span>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One entry of the bot's timetable; anything else that the bot may bring is left out. */
function linesOf(answer: unknown): Line[] {
  const entries = (Array.isArray(answer) ? answer : []) as {
    name?: string;
    cron?: string;
    nextRunAt?: string | null;
    lastRunAt?: string | null;
  }[];
  return entries
    .map(({ name = '未命名', cron = '', nextRunAt, lastRunAt }) => ({
      name,
      cron,
      next: nextRunAt ?? undefined,
      last: lastRunAt ?? undefined,
    }))
    .sort((a, b) => (a.next ?? '9').localeCompare(b.next ?? '9'));
}
