/** The guided walk through the main job, in five steps; the next thing to press glows. */
import { useEffect, useMemo, useState } from 'react';
import { api } from '../api.ts';
import { dayOf } from '../format-time.ts';
import { useClock } from '../hooks/use-clock.ts';
import { useTenant } from '../hooks/use-tenant.ts';
import { jumpsFrom } from '../panels/clock-panel.tsx';
import { type State, useDispatch } from '../state.ts';
import { Icon } from '../ui/icon.tsx';
import { type Cast, findCast, SENTENCE, STEPS } from './steps.ts';
import { useGlow } from './use-glow.ts';

/** Watches what people do: a step is left as soon as it is done, by whatever way. */
export function Tour({ step, state }: { step: number; state: State }) {
  const dispatch = useDispatch();
  const tenant = useTenant();
  const cast = useMemo(() => findCast(tenant.people), [tenant.people]);
  const current = STEPS[step];
  const next = () => dispatch({ do: 'tour', step: step + 1 });
  const end = () => dispatch({ do: 'tour', step: undefined });
  const target = current?.target(cast);
  // At the end what changed is brought into view once more: what arrived since may have pushed it out.
  const seen = useGlow(target, (current ?? STEPS.at(-1))?.watch?.(cast));
  const officerUnread = cast.officer ? (tenant.personOf(cast.officer.id)?.unread ?? 0) : 0;
  const isDone = current?.isDone({ state, cast, isTargetSeen: seen.isSeen, wasTargetSeen: seen.wasSeen }) ?? false;
  // A step that has been done leads to the next, once.
  useEffect(() => {
    if (isDone) next();
  }, [isDone, step]);
  const help = () => {
    if (step === 0 && cast.secretary) dispatch({ do: 'play', person: cast.secretary.id, seat: 0 });
    if (step === 1) dispatch({ do: 'draft', seat: 0, text: SENTENCE });
    if (step === 3 && cast.officer) dispatch({ do: 'play', person: cast.officer.id, seat: 1 });
  };
  return (
    <aside className="tour" aria-label="导览">
      <header className="tour-head">
        <span className="tour-count">{current ? `第 ${step + 1} 步，共 ${STEPS.length} 步` : '走完了'}</span>
        <button type="button" className="icon-button" aria-label="跳过导览" title="跳过导览" onClick={end}>
          <Icon name="close" size={16} />
        </button>
      </header>
      <p className="tour-words" role="status">
        {current ? current.words(cast) : '书记的进度卡片已经变了：发布、通知、完成、汇总，没有人离开过聊天。'}
      </p>
      {step === 3 && officerUnread === 0 && <WaitingForMorning />}
      <footer className="tour-foot">
        {current ? (
          <>
            <button type="button" className="btn btn-quiet" onClick={end}>
              跳过
            </button>
            {current.help && !isHelped(step, state, cast) && (
              <button type="button" className="btn btn-primary" onClick={help}>
                {current.help}
              </button>
            )}
          </>
        ) : (
          <button type="button" className="btn btn-primary" onClick={end}>
            自己试试
          </button>
        )}
      </footer>
    </aside>
  );
}

/** What the tour can do for the person has been done. */
function isHelped(step: number, state: State, cast: Cast): boolean {
  if (step === 1) return state.seats[0]?.draft === SENTENCE;
  return step === 3 && state.seats.some((seat) => seat.person === cast.officer?.id);
}

/** At night and on days off the bot keeps quiet: the card comes in the morning, and the clock can be moved there. */
function WaitingForMorning() {
  const clock = useClock();
  const [isMoved, setIsMoved] = useState(false);
  if (!clock) return null;
  const workday = jumpsFrom(clock).find((jump) => jump.words.startsWith('下个工作日'));
  if (isMoved) return <p className="tour-note">时钟已拨到 {dayOf(clock.now)}，卡片马上就到。</p>;
  return (
    <p className="tour-note">
      卡片还没到？夜间和休息日不打扰民警，会等到上班时间。
      <button
        type="button"
        className="btn btn-small"
        onClick={() =>
          void api.moveClock(workday?.to ?? null).then(
            () => setIsMoved(true),
            () => undefined,
          )
        }
      >
        拨到下个工作日 9:00
      </button>
    </p>
  );
}
