/** A choice between pictures. */
import { useState } from 'react';
import { useCard } from '../card-context.ts';
import type { SelectImageElement } from '../card-types.ts';
import { useAct } from '../use-act.ts';
import { FieldNote, useForm } from './form.tsx';

/** One picture, or several in a form with `multi_select`. */
export function SelectImageView({ element }: { element: SelectImageElement }) {
  const { fileUrl } = useCard();
  const form = useForm();
  const { act } = useAct(element);
  const [alone, setAlone] = useState('');
  const name = element.name ?? '';
  const value = form ? form.values[name] : alone;
  const chosen = Array.isArray(value) ? value : value ? [String(value)] : [];
  const choose = (option: string) => {
    const others = chosen.filter((other) => other !== option);
    if (form)
      return form.set(
        name,
        element.multi_select ? (others.length < chosen.length ? others : [...chosen, option]) : option,
      );
    setAlone(option);
    void act({ tag: 'select_img', option });
  };
  return (
    <FieldNote name={element.name}>
      <div className={`card-images card-images-${element.layout ?? 'bisect'}`}>
        {(element.options ?? []).map((option, at) => (
          <button
            type="button"
            className="card-image-option"
            aria-pressed={chosen.includes(option.value)}
            aria-label={`图片 ${at + 1}`}
            data-field={at === 0 ? name : undefined}
            disabled={option.disabled}
            onClick={() => choose(option.value)}
            key={option.value}
          >
            <img src={fileUrl(option.img_key ?? '')} alt="" />
          </button>
        ))}
      </div>
    </FieldNote>
  );
}
