"""Op families. Each op is one paragraph: its record in the registry right above its public function."""
