"""The teacher's side: build, release, grade. Needs the extra ``initlab[grade]``."""
