/** A button of a card: posts, opens a link, submits or resets its form. */
import type { ButtonElement } from '../card-types.ts';
import { lengthOf } from '../style.ts';
import { wordsOf } from '../text.tsx';
import { useAct } from '../use-act.ts';
import { useForm } from './form.tsx';
import { CardIcon } from './icon.tsx';

/** Stays in the tab order while disabled, so that everybody can learn why. */
export function ButtonView({ element }: { element: ButtonElement }) {
  const form = useForm();
  const { act, isBusy } = useAct(element);
  const press = () => {
    if (element.form_action_type === 'reset') return form?.reset();
    if (element.form_action_type !== 'submit' || !form) return act({ tag: 'button' });
    // A link on a submit button would keep the form from being posted: the values go first.
    const values = element.disabled ? {} : form.collect();
    if (values) return act({ tag: 'button', form_value: values });
  };
  const words = wordsOf(element.text);
  return (
    <button
      type="button"
      className={`card-button card-button-${element.type ?? 'default'} card-button-${element.size ?? 'medium'} ${element.width === 'fill' ? 'card-button-fill' : ''} ${isBusy ? 'is-busy' : ''}`}
      style={{ minWidth: lengthOf(element.width) }}
      aria-disabled={element.disabled || undefined}
      aria-label={words ? undefined : '按钮'}
      title={wordsOf(element.disabled ? element.disabled_tips : element.hover_tips) || undefined}
      onClick={() => void press()}
    >
      {element.icon && <CardIcon icon={element.icon} />}
      {words}
    </button>
  );
}
