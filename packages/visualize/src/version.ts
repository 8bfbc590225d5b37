declare const __PACKAGE_VERSION__: string | undefined;

/** The version of this package, in its bundle; `0.0.0` when run from its sources. */
export const version: string = typeof __PACKAGE_VERSION__ === 'string' ? __PACKAGE_VERSION__ : '0.0.0';
