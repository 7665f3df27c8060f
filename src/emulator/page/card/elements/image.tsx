/** Pictures, alone and as a combination. */
import type { CSSProperties } from 'react';
import { useCard } from '../card-context.ts';
import type { ImageElement, ImageSetElement } from '../card-types.ts';
import { lengthOf } from '../style.ts';
import { TextView, wordsOf } from '../text.tsx';

/** The `img` element; its alternative text is read out. */
export function ImageView({ element }: { element: ImageElement }) {
  const { fileUrl } = useCard();
  const [, width, height] = /^(\d{1,4})px (\d{1,4})px$/.exec(element.size ?? '') ?? [];
  const look: CSSProperties = {
    borderRadius: lengthOf(element.corner_radius),
    objectFit: element.scale_type === 'fit_horizontal' ? 'contain' : 'cover',
    objectPosition: element.scale_type === 'crop_top' ? 'top' : 'center',
    width: width ? Number(width) : undefined,
    height: height ? Number(height) : undefined,
  };
  return (
    <figure className="card-image">
      {element.title && <TextView text={element.title} />}
      <img src={fileUrl(element.img_key ?? '')} alt={wordsOf(element.alt)} style={look} loading="lazy" />
    </figure>
  );
}

/** The `img_combination` element. */
export function ImageSetView({ element }: { element: ImageSetElement }) {
  const { fileUrl } = useCard();
  return (
    <div className={`card-images card-images-${element.combination_mode ?? 'bisect'}`}>
      {(element.img_list ?? []).map((image, at) => (
        <img
          src={fileUrl(image.img_key ?? '')}
          alt=""
          key={at}
          loading="lazy"
          style={{ borderRadius: lengthOf(element.corner_radius) }}
        />
      ))}
    </div>
  );
}
