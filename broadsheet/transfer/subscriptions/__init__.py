"""Subscriptions of wpDiscuz, which no WordPress export carries: from a CSV file or an SQL dump to standing follows."""
