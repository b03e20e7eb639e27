"""The innovation functions: from answers and events to scores, barriers and motors."""
