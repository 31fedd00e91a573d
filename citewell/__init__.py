"""What runs in the browser. Streamlit looks for components in the package of the project's name."""
