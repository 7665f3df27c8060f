/** Starts the page. */
import '@fontsource-variable/noto-sans-sc';
import './styles/tokens.css';
import './styles/base.css';
import './styles/overlays.css';
import './styles/card.css';
import './styles/card-controls.css';
import './styles/markdown.css';
import './styles/people.css';
import './styles/seat.css';
import './styles/conversation.css';
import './styles/drawer.css';
import './styles/gallery.css';
import './styles/tour.css';
import './styles/phone.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
