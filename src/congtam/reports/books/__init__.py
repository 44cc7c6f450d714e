"""The books of the desk (sổ theo dõi hồ sơ)."""
