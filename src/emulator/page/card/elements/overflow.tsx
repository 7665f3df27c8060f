/** The folded button group `···`. */
import { Menu } from '../../ui/menu.tsx';
import type { OverflowElement } from '../card-types.ts';
import { wordsOf } from '../text.tsx';
import { openLink, useAct } from '../use-act.ts';

/** An option opens its address, or is posted as `option`. */
export function OverflowView({ element }: { element: OverflowElement }) {
  const { act } = useAct(element);
  const items = (element.options ?? []).map((option) => ({
    words: wordsOf(option.text) || option.value,
    onChoose: () => {
      if (option.multi_url?.url) openLink(option.multi_url.url);
      else void act({ tag: 'overflow', option: option.value });
    },
  }));
  return <Menu label="更多操作" items={items} />;
}
