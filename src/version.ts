/** As in package.json, which is not at hand in every form that the program is installed in; a test compares them. */
export const VERSION = '0.1.0';
