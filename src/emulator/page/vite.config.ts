/** Builds the emulator's page into `dist/`, from where the emulator serves it. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// biome-ignore lint/style/noDefaultExport: Vite reads the default export.
export default defineConfig({
  root: import.meta.dirname,
  // Addresses are relative, so that the page works under any path.
  base: './',
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Charts come in a file of their own, fetched with the first chart.
    chunkSizeWarningLimit: 4000,
    reportCompressedSize: false,
    // Fonts stay files: only the slices with glyphs on the screen are fetched.
    assetsInlineLimit: 0,
  },
});
