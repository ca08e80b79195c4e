/** What schemas say of a value that is missing. Forms name the field instead. */
export const REQUIRED = "This field is required.";
