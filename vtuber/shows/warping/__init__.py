"""The network's tools: measured, fitted to drawings, plotted."""
