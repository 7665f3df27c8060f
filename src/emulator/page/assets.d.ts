/** Lets the compiler accept style sheets that Vite bundles. */
declare module '*.css';
declare module '@fontsource-variable/noto-sans-sc';
