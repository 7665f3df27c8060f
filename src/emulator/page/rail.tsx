/** The narrow bar at the left (below, on a phone) that leads to the views and panels. */
import { formatTime, formatWeekday } from './format-time.ts';
import { useClock } from './hooks/use-clock.ts';
import type { Theme } from './hooks/use-theme.ts';
import { type PanelName, type State, useDispatch } from './state.ts';
import { Icon, type IconName } from './ui/icon.tsx';

type Props = { state: State; theme: Theme; onToggleTheme: () => void };

/** The clock's button tells the emulator's time, with a dot while it has been moved. */
export function Rail({ state, theme, onToggleTheme }: Props) {
  const dispatch = useDispatch();
  const clock = useClock();
  const panel = (name: PanelName) => ({
    isOn: state.panel === name,
    onPress: () => dispatch({ do: 'panel', panel: state.panel === name ? undefined : name }),
  });
  return (
    <nav className="rail" aria-label="功能">
      <RailButton
        icon="chat"
        words="消息"
        isOn={state.view === 'messages'}
        onPress={() => dispatch({ do: 'view', view: 'messages' })}
      />
      <RailButton
        icon="cards"
        words="卡片"
        isOn={state.view === 'gallery'}
        onPress={() => dispatch({ do: 'view', view: 'gallery' })}
      />
      <span className="rail-line" />
      <RailButton
        icon="clock"
        words={clock ? `${formatWeekday(clock.now)} ${formatTime(clock.now)}` : '时钟'}
        label={clock ? `时钟，现在 ${formatWeekday(clock.now)} ${formatTime(clock.now)}` : '时钟'}
        isMarked={clock !== undefined && clock.movedByMs !== 0}
        {...panel('clock')}
      />
      <RailButton icon="bolt" words="故障" {...panel('faults')} />
      <RailButton icon="wire" words="通信" {...panel('wire')} />
      <span className="rail-space" />
      <RailButton
        icon="compass"
        words="导览"
        isOn={state.tour !== undefined}
        onPress={() => dispatch({ do: 'tour', step: state.tour === undefined ? 0 : undefined })}
      />
      <RailButton
        icon={theme === 'dark' ? 'sun' : 'moon'}
        words={theme === 'dark' ? '浅色' : '深色'}
        onPress={onToggleTheme}
      />
    </nav>
  );
}

type ButtonProps = {
  icon: IconName;
  words: string;
  label?: string;
  isOn?: boolean;
  isMarked?: boolean;
  onPress: () => void;
};

function RailButton({ icon, words, label, isOn, isMarked, onPress }: ButtonProps) {
  return (
    <button
      type="button"
      className={`rail-button ${isMarked ? 'is-marked' : ''}`}
      aria-label={label}
      aria-pressed={isOn ?? false}
      onClick={onPress}
    >
      <Icon name={icon} size={22} />
      <span>{words}</span>
    </button>
  );
}
