"""Pages of the clause library, its proposals and its publications."""
