/** What happens when a person uses an element: the tip when it is disabled, the question, the link, the press. */
import { useId } from 'react';
import type { PressPost } from '../../site/page-api.ts';
import { useCard } from './card-context.ts';
import type { Behavior, InteractiveElement } from './card-types.ts';
import { wordsOf } from './text.tsx';

/**
 * Gives `act`, which carries out the element's behaviours in Feishu's order. An element without behaviours still posts,
 * except where `postsWithout` is false (checker and interactive container).
 */
export function useAct(element: InteractiveElement) {
  const { ask, tell, pressFrom, busy } = useCard();
  const id = useId();
  const act = async (post: PressPost, postsWithout = true): Promise<boolean> => {
    if (element.disabled) {
      tell(wordsOf(element.disabled_tips) || '现在不能操作');
      return false;
    }
    if (element.confirm && !(await ask(element.confirm))) return false;
    const behaviors = element.behaviors ?? [];
    const link = behaviors.find((behavior) => behavior.type === 'open_url');
    const callback = behaviors.find(
      (behavior): behavior is Extract<Behavior, { type: 'callback' }> => behavior.type === 'callback',
    );
    if (link) openLink(link.pc_url || link.default_url || '');
    if (!callback && (behaviors.length > 0 || !postsWithout)) return true;
    await pressFrom(id, {
      name: element.name,
      ...(callback?.value === undefined ? {} : { value: callback.value }),
      ...post,
    });
    return true;
  };
  return { act, isBusy: busy === id };
}

/** Opens a web address in a new tab; anything but http and https is left alone. */
export function openLink(url: string): void {
  if (/^https?:\/\//i.test(url)) window.open(url, '_blank', 'noopener,noreferrer');
}
