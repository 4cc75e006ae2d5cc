declare namespace App {
  interface Locals {
    /** The folder of the lesson being rendered: `<Run>` and `<Exercise>` read their files from there. */
    lesson?: string;
  }
}
