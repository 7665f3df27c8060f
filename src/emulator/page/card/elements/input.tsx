/** A text field. In a form it waits for the submit button; alone it posts when Enter is pressed. */
import { type KeyboardEvent, useId, useState } from 'react';
import type { InputElement } from '../card-types.ts';
import { wordsOf } from '../text.tsx';
import { useAct } from '../use-act.ts';
import { FieldNote, useForm } from './form.tsx';

/** The label is tied to the field; without one the placeholder names it. */
export function InputView({ element }: { element: InputElement }) {
  const form = useForm();
  const { act, isBusy } = useAct(element);
  const [alone, setAlone] = useState(element.default_value ?? '');
  const id = useId();
  const name = element.name ?? '';
  const value = form ? String(form.values[name] ?? '') : alone;
  const isLong = element.input_type === 'multiline_text';
  const label = wordsOf(element.label);
  const postOnEnter = (event: KeyboardEvent) => {
    if (form || event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || alone === '') return;
    event.preventDefault();
    void act({ tag: 'input', input_value: alone });
  };
  const shared = {
    id,
    value,
    'data-field': name,
    className: 'field',
    placeholder: wordsOf(element.placeholder) || '请输入',
    'aria-label': label ? undefined : wordsOf(element.placeholder) || '输入',
    'aria-required': element.required || undefined,
    disabled: element.disabled || isBusy,
    maxLength: element.max_length ?? 1000,
    onChange: (event: { target: { value: string } }) =>
      form ? form.set(name, event.target.value) : setAlone(event.target.value),
    onKeyDown: postOnEnter,
  };
  return (
    <FieldNote name={element.name}>
      {label && (
        <label htmlFor={id} className="card-label">
          {label}
          {element.required && <span aria-hidden="true"> *</span>}
        </label>
      )}
      {isLong ? (
        <textarea {...shared} rows={element.rows ?? 3} />
      ) : (
        <input {...shared} type={element.input_type === 'password' ? 'password' : 'text'} />
      )}
    </FieldNote>
  );
}
