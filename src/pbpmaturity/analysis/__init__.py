"""What assessments tell: models in, frozen results out."""
