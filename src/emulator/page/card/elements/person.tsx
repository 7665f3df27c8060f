/** People on a card: a name with a picture, and lists of them. */
import { Avatar } from '../../ui/avatar.tsx';
import { useCard } from '../card-context.ts';
import type { PersonElement, PersonListElement } from '../card-types.ts';

/** A person's name in a small capsule; somebody the tenant does not know is 未知用户. */
export function PersonChip({
  id,
  hasAvatar = true,
  hasName = true,
}: {
  id: string;
  hasAvatar?: boolean;
  hasName?: boolean;
}) {
  const { nameOf } = useCard();
  const name = nameOf(id) ?? '未知用户';
  return (
    <span className="card-person">
      {hasAvatar && <Avatar name={name} id={id} size={20} />}
      {hasName && name}
    </span>
  );
}

/** The `person` element. */
export function PersonView({ element }: { element: PersonElement }) {
  return (
    <PersonChip
      id={element.user_id ?? ''}
      hasAvatar={element.show_avatar !== false}
      hasName={element.show_name !== false}
    />
  );
}

/** The `person_list` element; somebody unknown is shown as such, not left out. */
export function PersonListView({ element }: { element: PersonListElement }) {
  return (
    <div className="card-persons">
      {(element.persons ?? []).map((person, at) => (
        <PersonChip
          key={at}
          id={person.id ?? ''}
          hasAvatar={element.show_avatar !== false}
          hasName={element.show_name !== false}
        />
      ))}
    </div>
  );
}
