"""What plots and views cost the loop that they follow."""
