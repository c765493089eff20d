"""Exchange: records to and from other people's formats. Is handed records; knows no ledger."""
