/** What goes wrong on purpose, so that people can see that nothing is lost and nothing said twice. */
import { useEffect, useState } from 'react';
import type { Faults } from '../../site/page-api.ts';
import { api, reasonOf } from '../api.ts';
import { useStream } from '../stream.ts';

type Share = 'rateLimitedShare' | 'chatLimitedShare' | 'errorShare' | 'silentShare' | 'lostAnswerShare';
const SHARES: { name: Share; words: string; note: string }[] = [
  { name: 'rateLimitedShare', words: '限流', note: 'HTTP 429，告知何时再来' },
  { name: 'chatLimitedShare', words: '对同一人或群发得太快', note: '错误码 230020' },
  { name: 'errorShare', words: '飞书内部错误', note: 'HTTP 500，没有执行' },
  { name: 'silentShare', words: '没有回音', note: '没有执行，也不回答' },
  { name: 'lostAnswerShare', words: '回音丢失', note: '已经执行，但不回答' },
];
const QUIET: Faults = {
  pushTwice: false,
  pushLateMs: 0,
  pushReordered: false,
  rateLimitedShare: 0,
  chatLimitedShare: 0,
  errorShare: 0,
  silentShare: 0,
  lostAnswerShare: 0,
};

/** Follows the switches wherever they are changed. */
export function FaultsPanel() {
  const [faults, setFaults] = useState<Faults>();
  const [failure, setFailure] = useState('');
  const fail = (error: unknown) => setFailure(reasonOf(error));
  useEffect(() => {
    api.faults().then(setFaults, (error: unknown) => setFailure(reasonOf(error)));
  }, []);
  useStream((event) => {
    if (event.kind === 'faults') setFaults(event.faults);
  });
  const change = (changes: Partial<Faults>) => api.setFaults(changes).then(setFaults, fail);
  if (!faults) return <p className="hint">{failure || '正在读取'}</p>;
  return (
    <>
      <p className="note">打开任何一项，再让机器人做同样的事：消息不应丢失，也不应重复。</p>
      <h3 className="drawer-section">事件推送</h3>
      <Switch words="每个事件推送两次" isOn={faults.pushTwice} onChange={(pushTwice) => change({ pushTwice })} />
      <Switch
        words="打乱先后顺序"
        isOn={faults.pushReordered}
        onChange={(pushReordered) => change({ pushReordered })}
      />
      <Slider
        words="推迟推送"
        value={faults.pushLateMs / 1000}
        max={30}
        step={1}
        shown={`${faults.pushLateMs / 1000} 秒`}
        onChange={(seconds) => change({ pushLateMs: seconds * 1000 })}
      />
      <h3 className="drawer-section">机器人的调用</h3>
      {SHARES.map(({ name, words, note }) => (
        <Slider
          key={name}
          words={words}
          note={note}
          value={faults[name]}
          max={1}
          step={0.1}
          shown={`${Math.round(faults[name] * 100)}%`}
          onChange={(share) => change({ [name]: share })}
        />
      ))}
      <div className="drawer-actions">
        <button type="button" className="btn" onClick={() => api.dropConnections().catch(fail)}>
          切断长连接
        </button>
        <button type="button" className="btn btn-primary" onClick={() => change(QUIET)}>
          全部恢复正常
        </button>
      </div>
      {failure && (
        <p className="note note-error" role="alert">
          {failure}
        </p>
      )}
    </>
  );
}

function Switch({ words, isOn, onChange }: { words: string; isOn: boolean; onChange: (isOn: boolean) => void }) {
  return (
    <label className="switch">
      <span>{words}</span>
      <input
        type="checkbox"
        role="switch"
        aria-checked={isOn}
        checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
      />
    </label>
  );
}

type SliderProps = {
  words: string;
  note?: string;
  value: number;
  max: number;
  step: number;
  shown: string;
  onChange: (value: number) => void;
};

function Slider({ words, note, value, max, step, shown, onChange }: SliderProps) {
  return (
    <label className={`slider ${value > 0 ? 'is-on' : ''}`}>
      <span className="slider-words">
        {words}
        {note && <small>{note}</small>}
      </span>
      <output>{shown}</output>
      <input
        type="range"
        min={0}
        max={max}
        step={step}
        value={value}
        onChange={(event) => onChange(Number(event.target.value))}
      />
    </label>
  );
}
