/** The clock that everybody in the emulator lives by, and what the bot will do when. */
import { useState } from 'react';
import { api, reasonOf } from '../api.ts';
import { addDays, dayOf, formatMoment, formatTime, instantAt, weekdayOf } from '../format-time.ts';
import { useClock } from '../hooks/use-clock.ts';
import { MomentField } from '../ui/moment-field.tsx';
import { Timetable } from './timetable.tsx';

const HOUR_MS = 3_600_000;

type Moment = { now: Date; nextWorkday: string };

/** The clock belongs to the whole emulator: everybody on every screen moves with it. */
export function ClockPanel() {
  const clock = useClock();
  const [failure, setFailure] = useState('');
  const [picked, setPicked] = useState('');
  if (!clock) return <p className="hint">正在读取时钟</p>;
  const move = (to: string | null) => {
    setFailure('');
    api.moveClock(to).catch((error: unknown) => setFailure(reasonOf(error)));
  };
  return (
    <>
      <div className="clock-face">
        <div className="clock-now">{formatTime(clock.now)}</div>
        <div className="clock-day">{formatMoment(clock.now).replace(/\d\d:\d\d$/, '')}</div>
        <div className="clock-note">{clock.movedByMs === 0 ? '真实时间' : `已拨动 ${spanOf(clock.movedByMs)}`}</div>
      </div>
      <div className="clock-jumps">
        {jumpsFrom(clock).map((jump) => (
          <button key={jump.words} type="button" className="btn" onClick={() => move(jump.to)}>
            {jump.words}
          </button>
        ))}
      </div>
      <form
        className="clock-pick"
        onSubmit={(event) => {
          event.preventDefault();
          if (picked) move(`${picked}:00+08:00`);
        }}
      >
        <MomentField type="datetime-local" label="拨到指定时间" value={picked} onChange={setPicked} />
        <button type="submit" className="btn btn-primary" disabled={!picked}>
          拨过去
        </button>
      </form>
      {failure && (
        <p className="note note-error" role="alert">
          {failure}
        </p>
      )}
      <p className="note">拨动时钟后，到点的提醒、周报和截止会真的发生。时钟只在这台模拟器里有效。</p>
      <Timetable />
    </>
  );
}

/** Where people usually want to go. */
export function jumpsFrom({ now, nextWorkday }: Moment): { words: string; to: string | null }[] {
  const today = dayOf(now);
  const isMorning = now < new Date(instantAt(today, '08:30'));
  const nextMorning = isMorning ? today : addDays(today, 1);
  let friday = today;
  while (weekdayOf(friday) !== 5 || now >= new Date(instantAt(friday, '17:00'))) friday = addDays(friday, 1);
  return [
    { words: '回到现在', to: null },
    { words: '一小时后', to: new Date(now.getTime() + HOUR_MS).toISOString() },
    { words: '次日早上 8:30', to: instantAt(nextMorning, '08:30') },
    { words: '下个工作日 9:00', to: instantAt(nextWorkday, '09:00') },
    { words: '周五 17:00', to: instantAt(friday, '17:00') },
  ];
}

function spanOf(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const words = [
    days ? `${days} 天` : '',
    hours ? `${hours} 小时` : '',
    !days && minutes % 60 ? `${minutes % 60} 分钟` : '',
  ].filter(Boolean);
  return `${ms < 0 ? '−' : '+'}${words.join(' ') || '不到 1 分钟'}`;
}
