"""What is asked: one module per lesson, with probes, hints and wrong ways. The right answers stand in lessons/, nowhere else."""
