"""The words of the reports in every language that has been translated."""
