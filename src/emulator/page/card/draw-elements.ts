/** How a container draws what it holds: it is handed the component that knows every element, since that one knows the container. */
import type { ReactNode } from 'react';
import type { CardElement } from './card-types.ts';

export type DrawElements = (held: { elements: CardElement[] | undefined }) => ReactNode;
