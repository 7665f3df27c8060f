/** 送达情况 and 为什么没收到: what became of what was sent, as it is. */
import { button, type Feature } from '../../feature.ts';
import { PageValue } from '../../pager.ts';
import { actions } from './actions.ts';
import * as handlers from './handlers.ts';
import { hears } from './hearing.ts';
import { reachCard } from './reach-card.ts';
import { PersonValue, ReachValue } from './schema.ts';
import { ownWaysCard, peopleCard, waysCard } from './ways-cards.ts';

/** Over what all `others` send. */
export function deliveries(others: Feature[]): Feature {
  const issuing = others.filter(({ titles }) => titles).map(({ name }) => `${name}/progress`);
  return {
    name: 'deliveries',
    called: '送达情况',
    actions,
    hears,
    commands: {
      reach: {
        words: ['送达情况'],
        listens: ['deliveries.reach'],
        help: { under: 'look', does: '看自己发的东西送到了多少人', example: '送达情况' },
        action: 'self',
        handle: (turn) => handlers.askReach(others, turn),
      },
      why: {
        words: ['为什么没收到', '没收到'],
        listens: ['deliveries.why'],
        help: { does: '查发给自己的提醒到哪了', example: '为什么没收到' },
        action: 'self',
        handle: handlers.askWhy,
      },
      trace: {
        words: ['查送达'],
        help: { under: 'set', does: '查某个人为什么没收到', example: '查送达 程立山' },
        action: 'deliveries.trace',
        handle: handlers.askWhy,
      },
    },
    buttons: {
      reach: button({
        ...{ value: ReachValue, action: 'self', on: ['reach', ...issuing] },
        handle: (turn, said) => handlers.openReach(others, turn, said),
      }),
      ask: button({ value: PersonValue, action: 'deliveries.trace', on: ['people'], handle: handlers.askOf }),
      page: button({ value: PageValue, action: 'deliveries.trace', on: ['ways'], handle: handlers.turnWays }),
      'own-page': button({ value: PageValue, action: 'self', on: ['own-ways'], handle: handlers.turnOwnWays }),
    },
    cards: {
      reach: reachCard(others),
      people: peopleCard,
      ways: waysCard(others),
      'own-ways': ownWaysCard(others),
    },
  };
}
