/** Selectors of options and of people, single and multiple. */
import { useState } from 'react';
import { Choice, type ChoiceOption } from '../../ui/choice.tsx';
import { useCard } from '../card-context.ts';
import type { SelectElement } from '../card-types.ts';
import { wordsOf } from '../text.tsx';
import { useAct } from '../use-act.ts';
import { FieldNote, initialValue, useForm } from './form.tsx';

/** Outside a form a choice is posted at once; multiple choices exist in forms only. */
export function SelectView({ element }: { element: SelectElement }) {
  const form = useForm();
  const { act, isBusy } = useAct(element);
  const [alone, setAlone] = useState(initialValue(element));
  const options = useOptions(element);
  const name = element.name ?? '';
  const value = form ? form.values[name] : alone;
  const isMultiple = element.tag.startsWith('multi_');
  const choose = (chosen: string[]) => {
    const next = isMultiple ? chosen : (chosen[0] ?? '');
    if (form) return form.set(name, next);
    setAlone(next);
    if (!isMultiple) void act({ tag: element.tag, option: String(next) });
  };
  return (
    <FieldNote name={element.name}>
      <Choice
        label={wordsOf(element.placeholder) || (element.tag.endsWith('person') ? '请选择人员' : '请选择')}
        field={name}
        options={options}
        chosen={Array.isArray(value) ? value : value ? [String(value)] : []}
        isMultiple={isMultiple}
        isDisabled={Boolean(element.disabled) || isBusy}
        isRequired={Boolean(element.required)}
        onChoose={choose}
      />
    </FieldNote>
  );
}

function useOptions(element: SelectElement): ChoiceOption[] {
  const { members, nameOf } = useCard();
  const options = element.options ?? [];
  if (!element.tag.endsWith('person'))
    return options.map(({ text, value }) => ({ value, words: wordsOf(text) || value }));
  if (options.length === 0) return members.map(({ id, name }) => ({ value: id, words: name }));
  return options.map(({ value }) => ({ value, words: nameOf(value) ?? '未知用户' }));
}
