-- How many people came to what was held, told when the case is filed.
ALTER TABLE cases_cases ADD COLUMN attended BIGINT;
