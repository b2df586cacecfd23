"""ONNX files: read into chains, and written."""
