/** A selector that opens a list: one or many, with a search box when the list is long. */
import { useId, useRef, useState } from 'react';
import { matchesPerson } from '../messenger/match-person.ts';
import { Icon } from './icon.tsx';
import { usePopover } from './use-popover.ts';

export type ChoiceOption = { value: string; words: string };
type Props = {
  label: string;
  field: string;
  options: ChoiceOption[];
  chosen: string[];
  isMultiple: boolean;
  isDisabled: boolean;
  isRequired: boolean;
  onChoose: (chosen: string[]) => void;
};

const SEARCH_FROM = 9;

/** Arrow keys walk the list, Enter and Space choose, Escape closes; a single choice closes the list. */
export function Choice({ label, field, options, chosen, isMultiple, isDisabled, isRequired, onChoose }: Props) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const opener = useRef<HTMLButtonElement>(null);
  const { list, toggle, close, isOpen } = usePopover(opener);
  const shown = typed ? options.filter((option) => matchesPerson(option.words, typed)) : options;
  const words = options.filter((option) => chosen.includes(option.value)).map((option) => option.words);
  const choose = (value: string) => {
    if (!isMultiple) {
      close();
      return onChoose([value]);
    }
    onChoose(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
  };
  return (
    <>
      <button
        ref={opener}
        type="button"
        className="field field-choice"
        data-field={field}
        disabled={isDisabled}
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        aria-controls={id}
        aria-label={`${label}${isRequired ? '（必填）' : ''}${words.length > 0 ? `：${words.join('、')}` : ''}`}
        onClick={toggle}
      >
        <span className={words.length > 0 ? 'field-words' : 'field-words is-empty'}>{words.join('、') || label}</span>
        <Icon name="chevron-down" size={14} />
      </button>
      <div ref={list} popover="auto" className="popover">
        {isOpen && (
          <>
            {options.length >= SEARCH_FROM && (
              <input
                className="field popover-search"
                placeholder="搜索"
                aria-label="搜索选项"
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
            <div role="listbox" id={id} aria-label={label} aria-multiselectable={isMultiple}>
              {shown.map((option) => (
                <div
                  key={option.value}
                  role="option"
                  tabIndex={-1}
                  data-item
                  aria-selected={chosen.includes(option.value)}
                  className="popover-item"
                  onClick={() => choose(option.value)}
                  onKeyDown={(event) => {
                    if (event.key !== 'Enter' && event.key !== ' ') return;
                    event.preventDefault();
                    choose(option.value);
                  }}
                >
                  {option.words}
                  {chosen.includes(option.value) && <Icon name="check" size={16} />}
                </div>
              ))}
            </div>
            {shown.length === 0 && <div className="popover-none">没有符合的选项</div>}
          </>
        )}
      </div>
    </>
  );
}
