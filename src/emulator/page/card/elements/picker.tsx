/** Date, time and date-time pickers. In a form the value waits for the submit button; alone it is posted when it is confirmed. */
import { useState } from 'react';
import { MomentField } from '../../ui/moment-field.tsx';
import type { PickerElement } from '../card-types.ts';
import { wordsOf } from '../text.tsx';
import { useAct } from '../use-act.ts';
import { FieldNote, initialValue, useForm, withZone } from './form.tsx';

const TYPES = { date_picker: 'date', picker_time: 'time', picker_datetime: 'datetime-local' } as const;
const NAMES = { date_picker: '选择日期', picker_time: '选择时间', picker_datetime: '选择日期和时间' } as const;

/** What is chosen is posted with the offset of Beijing. */
export function PickerView({ element }: { element: PickerElement }) {
  const form = useForm();
  const { act, isBusy } = useAct(element);
  const initial = String(initialValue(element));
  const [alone, setAlone] = useState({ initial, chosen: initial });
  // The card was edited: what it says now counts.
  if (alone.initial !== initial) setAlone({ initial, chosen: initial });
  const name = element.name ?? '';
  const value = form ? String(form.values[name] ?? '') : alone.chosen;
  const isUnposted = !form && value !== '' && value !== initial;
  const choose = (typed: string) => {
    const chosen = withZone(typed.replace('T', ' '));
    if (form) form.set(name, chosen);
    else setAlone({ initial, chosen });
  };
  const post = () => {
    if (isUnposted) void act({ tag: element.tag, option: value });
  };
  return (
    <FieldNote name={element.name}>
      <div className="card-picker">
        <MomentField
          type={TYPES[element.tag]}
          label={wordsOf(element.placeholder) || NAMES[element.tag]}
          value={value.replace(/ [+-]\d{4}$/, '').replace(' ', 'T')}
          field={name}
          isRequired={element.required ?? false}
          isDisabled={Boolean(element.disabled) || isBusy}
          onChange={choose}
          onEnter={post}
        />
        {isUnposted && (
          <button type="button" className="btn btn-primary" disabled={isBusy} onClick={post}>
            确定
          </button>
        )}
      </div>
    </FieldNote>
  );
}
