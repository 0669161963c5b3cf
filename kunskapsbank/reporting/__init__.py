"""The report as a file: HTML, PDF, JSON or CSV, of any county and any time, also compared with an earlier one."""
