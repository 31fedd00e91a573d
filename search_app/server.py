"""The web server: the pages behind headers that let nothing in from outside."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from search_app.security import SecurityHeaders

app = st.App(Path(__file__).with_name("streamlit_app.py"), middleware=[Middleware(SecurityHeaders)])
